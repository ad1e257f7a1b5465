"""What stands in /opt/kafka/bin of the image: the commands over Kafka's own jars."""

from pathlib import Path

from tests.engines import downloads
from tests.engines.jdk import jdk

CLASSES = {
    "acls": "org.apache.kafka.tools.AclCommand",
    "broker-api-versions": "org.apache.kafka.tools.BrokerApiVersionsCommand",
    "configs": "kafka.admin.ConfigCommand",
    "server-start": "kafka.Kafka",
    "storage": "kafka.tools.StorageTool",
}


def make(folder: Path) -> Path:
    """A KAFKA_HOME: its commands heed the variables that those of the image heed."""
    java = jdk(17, "Kafka") / "bin" / "java"
    options = "${KAFKA_HEAP_OPTS-} ${KAFKA_JVM_PERFORMANCE_OPTS-} ${KAFKA_LOG4J_OPTS-}"
    (folder / "bin").mkdir(parents=True)
    for name, main in CLASSES.items():
        path = folder / "bin" / f"kafka-{name}.sh"
        path.write_text(f"""#!/bin/sh\nexec {java} {options} -cp '{downloads.kafka_jars()}/*' {main} "$@"\n""", "utf-8")
        path.chmod(0o755)
    return folder
