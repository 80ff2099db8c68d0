"""Names without codes into a tree: names, order and sums, and a word on what they leave open.

The reading that is chosen leaves the fewest rows without their parents printed above them, then breaks the fewest
sums, then keeps best to the order of codes; how well a row is attested only says which of several equal candidates
comes first. A row is RESOLVED if no other reading is as good and none with a parent left out adds up better.

Three things cannot be seen in a column and are not claimed: a 款 left out right above its only item of the same name,
where no other items are printed; a last 其他支出 that lost the rows above it; and a row left out where no figures
are given and order does not show it.
"""

from govbudget.classification.resolution.resolve import resolve_in, resolve_names
from govbudget.classification.resolution.values import Candidate, Resolution, ResolvedName, Status
from govbudget.classification.resolution.wrapped import unwrap

__all__ = ["Candidate", "Resolution", "ResolvedName", "Status", "resolve_in", "resolve_names", "unwrap"]
