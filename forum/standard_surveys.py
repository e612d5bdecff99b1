# SPDX-License-Identifier: EUPL-1.2
"""The questions that everyone starts with: (title, [(kind, question, what 1 means, what 5 means)]).

Few and plain, so that a round takes two minutes. Trygghet is asked for as a feeling (domain.md, "Trygghet").
"""

STANDARD = [
    (
        "Trygghet i grannskapet",
        [
            ("scale", "Hur tryggt känns det i området på dagen?", "mycket otryggt", "mycket tryggt"),
            ("scale", "Hur tryggt känns det i området när det är mörkt?", "mycket otryggt", "mycket tryggt"),
            ("scale", "Hur trivs ni i området?", "mycket dåligt", "mycket bra"),
            ("yes_no", "Vet ni vem ni ringer om något händer?", "", ""),
            ("yes_no", "Får ni svar när ni hör av er till boendet?", "", ""),
            ("text", "Vad skulle göra störst skillnad?", "", ""),
        ],
    ),
    (
        "Brukarnas röst",
        [
            ("scale", "Hur tryggt känns det på boendet?", "mycket otryggt", "mycket tryggt"),
            ("scale", "Hur tryggt känns det i området?", "mycket otryggt", "mycket tryggt"),
            ("scale", "Hur blir du bemött av grannarna?", "mycket dåligt", "mycket bra"),
            ("yes_no", "Finns det någonstans i området där du trivs?", "", ""),
            ("text", "Vad önskar du dig av grannskapet?", "", ""),
        ],
    ),
]
