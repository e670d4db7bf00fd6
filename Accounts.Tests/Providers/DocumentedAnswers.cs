namespace Accounts.Tests.Providers;

/// <summary>What each provider's documents say that a browser comes back with, and what is seen of them beside that; <c>state</c> is always there.</summary>
internal static class DocumentedAnswers
{
    private const string GitHubs = "https://github.com/login/oauth";

    /// <param name="provider">as in our paths</param>
    /// <param name="code">that it gives out</param>
    /// <param name="isFirst">whether this person has never agreed before</param>
    public static Dictionary<string, string?> Agreed(string provider, string code, bool isFirst)
    {
        var answer = new Dictionary<string, string?> { ["code"] = code };
        switch (provider)
        {
            case "google":
                (answer["iss"], answer["scope"], answer["authuser"], answer["prompt"]) = (ProviderDouble.Issuer, "email profile openid", "0", "consent");
                break;
            case "github":
                answer["iss"] = GitHubs;
                break;
            case "microsoft":
                answer["session_state"] = $"{Guid.NewGuid()}";
                break;
            // Apple tells the name, and that once.
            case "apple" when isFirst:
                answer["user"] = """{"name":{"firstName":"Ann","lastName":"Apple"},"email":"other@example.test"}""";
                break;
        }
        return answer;
    }

    public static Dictionary<string, string?> Declined(string provider) => provider switch
    {
        "google" => new() { ["error"] = "access_denied", ["iss"] = ProviderDouble.Issuer },
        "github" => new()
        {
            ["error"] = "access_denied", ["error_description"] = "The user has denied your application access.", ["iss"] = GitHubs,
            ["error_uri"] = "https://docs.github.com/apps/managing-oauth-apps/troubleshooting-authorization-request-errors/#access-denied",
        },
        "facebook" => new() { ["error"] = "access_denied", ["error_code"] = "200", ["error_description"] = "Permissions error", ["error_reason"] = "user_denied" },
        "linkedin" => new() { ["error"] = "user_cancelled_login", ["error_description"] = "The user cancelled LinkedIn login" },
        "microsoft" => new()
        {
            ["error"] = "access_denied", ["error_subcode"] = "cancel", ["error_uri"] = "https://login.microsoftonline.com/error?code=65004",
            ["error_description"] = "AADSTS65004: User declined to consent to access the app.\r\nTrace ID: 0\r\nCorrelation ID: 0",
        },
        "apple" => new() { ["error"] = "user_cancelled_authorize" },
        // GitLab (Doorkeeper), Discord, and RFC 6749.
        _ => new() { ["error"] = "access_denied", ["error_description"] = "The resource owner or authorization server denied the request." },
    };

    /// <summary>Facebook puts one behind the address, which browsers keep through redirects.</summary>
    public static string Fragment(string provider) => provider == "facebook" ? "#_=_" : "";
}
