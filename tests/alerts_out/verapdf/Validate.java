import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates PDF files against PDF/UA-1: one line for each failed check, then "FILE compliant" or "FILE not compliant". */
public final class Validate {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.fromString("ua1");
        boolean all = true;
        for (String file : files) {
            try (InputStream input = new FileInputStream(file);
                    PDFAParser parser = Foundries.defaultInstance().createParser(input, flavour)) {
                ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
                for (TestAssertion check : result.getTestAssertions()) {
                    System.out.println(check.getStatus() + " " + check.getRuleId().getClause() + ": " + check.getMessage());
                }
                System.out.println(file + (result.isCompliant() ? " compliant" : " not compliant"));
                all &= result.isCompliant();
            }
        }
        System.exit(all ? 0 : 1);
    }
}
