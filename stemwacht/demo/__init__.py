"""An election week of the project's own making, with the truth kept, and the score against that truth."""

from stemwacht.demo.consultation import KINDS, consultation, plan
from stemwacht.demo.files import WorldFiles, read_truth, write_csv, write_posts, write_truth, write_world
from stemwacht.demo.letter import Campaigns, Kind, Language, Letter, Truth
from stemwacht.demo.pair_scores import pair_scores
from stemwacht.demo.post import Post
from stemwacht.demo.score import FalseAlert, GroupScore, Score, score
from stemwacht.demo.summary import summary
from stemwacht.demo.truth import TruthRow
from stemwacht.demo.week import Declared, World, election_week

__all__ = [
    "KINDS",
    "Campaigns",
    "Declared",
    "FalseAlert",
    "GroupScore",
    "Kind",
    "Language",
    "Letter",
    "Post",
    "Score",
    "Truth",
    "TruthRow",
    "World",
    "WorldFiles",
    "consultation",
    "election_week",
    "pair_scores",
    "plan",
    "read_truth",
    "score",
    "summary",
    "write_csv",
    "write_posts",
    "write_truth",
    "write_world",
]
