using Xunit;

namespace Accounts.Tests.Support;

/// <summary>What the contract says of every refusal of a token.</summary>
public static class Refusals
{
    /// <summary>A refresh token was refused for a reason, and its cookie was cleared or left alone.</summary>
    public static void AssertRefreshRefused(this Answer answer, string reason, bool cookieCleared = false)
    {
        AssertTokenRefused(answer, reason, "Token is invalid");
        if (cookieCleared)
        {
            Assert.Equal("", answer.RefreshCookie);
        }
        else
        {
            Assert.Empty(answer.SetCookies);
        }
    }

    /// <summary>An access token was refused for a reason.</summary>
    public static void AssertAccessRefused(this Answer answer, string reason) =>
        AssertTokenRefused(answer, reason, "Given token not valid for any token type");

    private static void AssertTokenRefused(Answer answer, string reason, string detail)
    {
        Assert.True(answer.Status == 401, answer.ToString());
        Assert.Equal("token_not_valid", answer["code"]);
        Assert.Equal(detail, answer["detail"]);
        Assert.Equal(reason, answer["reason"]);
        Assert.Equal("Bearer realm=\"api\"", answer.Header("WWW-Authenticate"));
    }
}
