from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView


class WhoAmI(APIView):
    def get(self, request):
        return Response({"user": request.user.id, "roles": request.auth["roles"]})


urlpatterns = [path("whoami", WhoAmI.as_view())]
