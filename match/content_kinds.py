from editorial.content.kinds import register
from match.models import QuestionSet, Statement

register("statements", Statement, parts=["weights"], after_write=QuestionSet.objects.keep_current)
