"""Tables: the records of delimited text and the sheets of workbooks, and where their headers stand."""
