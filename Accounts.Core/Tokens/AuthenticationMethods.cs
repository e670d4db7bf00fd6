namespace Accounts.Core.Tokens;

/// <summary>By what somebody has proved who they are, as tokens say it in <c>amr</c>: RFC 8176, and two words of our own.</summary>
public static class AuthenticationMethods
{
    /// <summary>At an identity provider. Which one it was the session's row knows, and no service that takes our tokens has to.</summary>
    public const string Social = "social";

    /// <summary>What is none of these is a provider's name, and no provider may have one of them: <c>mfa</c> would open every door.</summary>
    public static readonly string[] Words = ["pwd", "otp", "pop", "user", AuthenticationLevel.Multiple, "mail", Social];

    public static string[] Told(string[] methods) =>
        Array.TrueForAll(methods, IsWord) ? methods : [.. methods.Select(method => IsWord(method) ? method : Social).Distinct()];

    private static bool IsWord(string method) => Array.IndexOf(Words, method) >= 0;
}
