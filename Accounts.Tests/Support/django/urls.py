from django.urls import path

import views

urlpatterns = [
    path("api/auth/login/", views.Login.as_view()),
    path("api/auth/token/refresh/", views.Refresh.as_view()),
    path("api/auth/me/", views.Me.as_view()),
]
