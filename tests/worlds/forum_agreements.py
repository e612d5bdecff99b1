# SPDX-License-Identifier: EUPL-1.2
"""An agreement of the råd that is being signed, with what hangs on it; an activity and what it costs."""

from forum.models import (
    Activity,
    AgreementComment,
    AgreementFollowUp,
    AgreementPost,
    Contribution,
    Cost,
    Signature,
)
from tests import factories
from tests.agreements import make_agreement, make_party, store_paper


def add(cast, world) -> None:
    """The råd's overenskommelse with a party, an amount, a paper, a follow-up; a café that has been, and its cost."""
    agreement = make_agreement(cast, kind="iop", forum=cast.forum)
    version = agreement.versions.get()
    version.shown_at = version.created_at
    version.save()
    party = make_party(version, forvaltning=cast.sydvast)
    other = make_party(version, actor=factories.ActorFactory(forvaltning=cast.sydvast, name="Stadsmissionen"))
    post = AgreementPost.objects.create(agreement_version=version, name="Två boendeombud", amount=1_400_000)
    followup = AgreementFollowUp.objects.create(
        agreement=agreement, starts_on="2026-01-01", ends_on="2026-03-31", people=15, medling=2
    )
    signature = Signature.objects.create(
        party=other, name="Eva Ek", role="ordförande", organisation="Stadsmissionen", way="paper", sha256="0" * 64,
        document=store_paper(),
    )  # fmt: skip
    comment = AgreementComment.objects.create(
        agreement_version=version, text="Nämn hållplatsen också.", created_by=cast["medlem"]
    )
    activity = Activity.objects.create(
        boende=cast.kalleback, forum=cast.forum, kind="vandring", title="Vandring", happens_on="2026-01-10"
    )
    cost = Cost.objects.create(
        boende=cast.kalleback, forum=cast.forum, activity=activity, title="Kaffe", day="2026-01-10", budget=900
    )
    contribution = Contribution.objects.create(cost=cost, forvaltning=cast.sydvast, is_municipal=True, pledged=450)
    world["single"] |= {
        "agreement": agreement, "agreementversion": version, "agreementparty": party, "agreementpost": post,
        "agreementfollowup": followup, "agreementcomment": comment, "signature": signature, "activity": activity,
        "cost": cost, "contribution": contribution,
    }  # fmt: skip
