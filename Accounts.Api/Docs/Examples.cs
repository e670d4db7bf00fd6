namespace Accounts.Api.Docs;

/// <summary>What more than one room shows in its examples.</summary>
public static class Examples
{
    public const string AccessToken = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6Imh5In0.eyJzdWIiOiIwMTliLi4uIn0.c2lnbmF0dXJl";

    public const string RefreshToken = "AQBrZXktaWQtdXNlci1pZC1zZXNzaW9uLWlkLWdlbmVyYXRpb24tc2VjcmV0LWhtYWM";

    public const string MailedToken = "Xw9zKq3v7Yb2Tn5Lc8Rj1Hd4Gs6Pf0Me-UaVoZiQk_E";
}
