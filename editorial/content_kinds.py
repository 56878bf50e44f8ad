from editorial.content.kinds import register
from editorial.models import Source

register("sources", Source)
