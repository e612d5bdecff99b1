# SPDX-License-Identifier: EUPL-1.2
def test_start(as_user):
    response = as_user("personal").get("/")
    assert response.status_code == 200
    assert as_user("personal").get("/mer/").status_code == 200
