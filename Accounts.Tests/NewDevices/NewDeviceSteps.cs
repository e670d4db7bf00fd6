using Accounts.Tests.Support;

namespace Accounts.Tests.NewDevices;

/// <summary>Browsers of this year.</summary>
internal static class UserAgents
{
    public const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

    /// <summary>The same after an update.</summary>
    public const string NextFirefox = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";

    public const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
}

/// <summary>The steps of signing in somewhere and following the mail about it.</summary>
internal static class NewDeviceSteps
{
    /// <summary>From an address that a proxy tells.</summary>
    public static async Task<Answer> LoginFromAsync(this ApiClient client, Person person, string address)
    {
        var answer = await client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, ("X-Forwarded-For", address));
        client.Access = answer["access"];
        return answer;
    }

    public static Task<Answer> LookAsync(this ApiClient client, string token) => client.PostAsync("/api/auth/sessions/disown/check/", new { token });

    public static Task<Answer> DisownAsync(this ApiClient client, string token) => client.PostAsync("/api/auth/sessions/disown/", new { token });
}
