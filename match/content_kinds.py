from editorial.content.kinds import register
from match.models import QuestionSet, Statement

register("statements", Statement, parts=["weights"], after_load=QuestionSet.objects.keep_current)
