"""What the project's front end calls: the refresh token lies in an HttpOnly cookie, the access token in the page."""

from django.http import HttpResponse
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.serializers import TokenObtainPairSerializer, TokenRefreshSerializer

COOKIE = "jwt-refresh"


def cross_origin(get_response):
    """As django-cors-headers does: the front end has an origin of its own."""

    def middleware(request):
        response = HttpResponse(status=204) if request.method == "OPTIONS" else get_response(request)
        response["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")
        response["Access-Control-Allow-Credentials"] = "true"
        response["Access-Control-Allow-Headers"] = "authorization, content-type"
        return response

    return middleware


class Login(APIView):
    authentication_classes = []

    def post(self, request):
        serializer = TokenObtainPairSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        response = Response({"access": serializer.validated_data["access"], "user": {"username": serializer.user.get_username()}})
        response.set_cookie(COOKIE, serializer.validated_data["refresh"], max_age=14 * 24 * 3600, httponly=True, samesite="Lax", path="/api/auth/")
        return response


class Refresh(APIView):
    authentication_classes = []

    def post(self, request):
        serializer = TokenRefreshSerializer(data={"refresh": request.data.get("refresh") or request.COOKIES.get(COOKIE, "")})
        try:
            serializer.is_valid(raise_exception=True)
        except TokenError as e:
            raise InvalidToken(e.args[0])
        return Response(serializer.validated_data)


class Me(APIView):
    permission_classes = [IsAuthenticated]

    def get(self, request):
        return Response({"id": request.user.pk, "username": request.user.get_username(), "email": request.user.email})
