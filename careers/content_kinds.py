from careers.models import Page, Reason, Synonym, Trend
from editorial.content.kinds import register

register("reasons", Reason, parts=["figures", "role_reasons"])
register("trends", Trend, parts=["impacts"])
register("pages", Page, parts=["passages"])
register("synonyms", Synonym)
