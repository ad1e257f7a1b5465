"""What stands in a broker's server.properties."""

from dataclasses import dataclass
from pathlib import Path

from tests.engines.kafka_tools import new_cluster_id
from tests.engines.process import free_port


@dataclass(frozen=True)
class Seat:
    """Which node of which cluster a broker is; every node is broker and controller."""

    node: int
    cluster_id: str
    controller_ports: tuple[int, ...]

    @property
    def controller_port(self) -> int:
        return self.controller_ports[self.node - 1]

    @property
    def voters(self) -> str:
        return ",".join(f"{node}@127.0.0.1:{port}" for node, port in enumerate(self.controller_ports, 1))


def seats(nodes: int) -> list[Seat]:
    """The seats of a new cluster."""
    cluster_id = new_cluster_id()
    ports = tuple(free_port() for _ in range(nodes))
    return [Seat(node, cluster_id, ports) for node in range(1, nodes + 1)]


def basic(seat: Seat, port: int, data: Path) -> dict[str, str]:
    """A broker without security; every topic has as many copies as there are nodes, up to three."""
    copies = min(3, len(seat.controller_ports))
    needed = max(1, copies - 1)
    return {
        "process.roles": "broker,controller",
        "node.id": str(seat.node),
        "controller.quorum.voters": seat.voters,
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{seat.controller_port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name": "PLAINTEXT",
        "log.dirs": str(data),
        "auto.create.topics.enable": "false",
        "default.replication.factor": str(copies),
        "min.insync.replicas": str(needed),
        "offsets.topic.replication.factor": str(copies),
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.replication.factor": str(copies),
        "transaction.state.log.min.isr": str(needed),
        "transaction.state.log.num.partitions": "4",
        "group.initial.rebalance.delay.ms": "0",
        # a broker that was killed may come back only when its old session has ended: 9 s by default
        "broker.session.timeout.ms": "2000",
        "broker.heartbeat.interval.ms": "400",
    }
