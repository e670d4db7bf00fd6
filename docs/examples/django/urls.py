import time

from django.urls import path
from rest_framework.exceptions import NotAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView


class WhoAmI(APIView):
    def get(self, request):
        return Response({"user": request.user.id, "roles": request.auth["roles"]})


class StepUpRequired(NotAuthenticated):
    default_detail = "Prove once more who you are."


class Payouts(APIView):
    """Asks for a proof by two factors within 5 minutes: POST /api/auth/reauthenticate/ of Accounts brings such a token (RFC 9470)."""

    max_age = 300

    def get(self, request):
        if request.auth["acr"] != "aal2" or time.time() - request.auth["auth_time"] >= self.max_age:
            raise StepUpRequired
        return Response({"by": request.user.id})

    def handle_exception(self, exc):
        response = super().handle_exception(exc)
        if isinstance(exc, StepUpRequired):
            challenge = f'Bearer error="insufficient_user_authentication", max_age="{self.max_age}", acr_values="aal2"'
            response["WWW-Authenticate"] = challenge
        return response


urlpatterns = [path("whoami", WhoAmI.as_view()), path("payouts", Payouts.as_view())]
