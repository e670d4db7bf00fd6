using Accounts.Core.Checkup;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Checkup;

/// <summary>What is wrong with the settings alone, each set-up with the sentence that it gets.</summary>
public sealed class BrokenSettingsTests(Postgres postgres)
{
    private const string FrontEnd = "Accounts:FrontendUrl", Allowed = "Accounts:AllowedOrigins", Public = "Accounts:PublicUrl", SameSite = "Accounts:Sessions:CookieSameSite";

    /// <summary>Check, weight, words, and the settings: name and value in turn.</summary>
    public static TheoryData<string, FindingLevel, string, string[]> Broken => new()
    {
        { "settings", FindingLevel.Problem, "Accounts__Sesions__IdleLifetime is no setting; did you mean Accounts__Sessions__IdleLifetime?", ["Accounts:Sesions:IdleLifetime", "1.00:00:00"] },
        { "settings", FindingLevel.Problem, "Accounts__TrustedProxies is not set, Accounts__PublicUrl is https", [Public, "https://accounts.example.test"] },
        { "settings", FindingLevel.Problem, "has several hosts and takes the first that answers", ["ConnectionStrings:Accounts", "Host=10.0.0.1,10.0.0.2;Database=a;Username=a;Password=m-3ar"] },
        { "settings", FindingLevel.Problem, "Accounts__PublicUrl is http://accounts.example.test: outside Development it must be https", [Public, "http://accounts.example.test"] },
        { "settings", FindingLevel.Problem, "Accounts__Sessions__CookieSameSite is None, which browsers accept over https only", [SameSite, "None"] },
        { "front_end", FindingLevel.Problem, "https://app.example.test (Accounts__FrontendUrl) is not in Accounts__AllowedOrigins", [FrontEnd, "https://app.example.test"] },
        { "front_end", FindingLevel.Problem, "http://localhost:5173 (Accounts__FrontendUrl) is not in Accounts__AllowedOrigins", [FrontEnd, "http://localhost:5173"] },
        { "front_end", FindingLevel.Problem, "127.0.0.1 and localhost are this machine, and two sites to a browser", [FrontEnd, "http://127.0.0.1:3000", Allowed, "http://127.0.0.1:3000"] },
        { "front_end", FindingLevel.Problem, "Open the front end as http://localhost:3000", [FrontEnd, "http://127.0.0.1:3000", Allowed, "http://127.0.0.1:3000"] },
        { "front_end", FindingLevel.Problem, "https://app.vercel.app and https://api.vercel.app are different sites, and the refresh cookie is SameSite=Lax", [.. Https("https://api.vercel.app"), FrontEnd, "https://app.vercel.app", Allowed, "https://app.vercel.app"] },
        { "front_end", FindingLevel.Problem, "are different sites, and the refresh cookie is SameSite=Strict", [.. Https("https://api.example.test"), Allowed, "https://app.other.test", SameSite, "Strict"] },
        { "front_end", FindingLevel.Warning, "Safari and all others on iOS first of all, may not keep ours", [.. Https("https://api.example.test"), Allowed, "https://app.other.test", SameSite, "None"] },
        { "front_end", FindingLevel.Ok, "browsers send our cookie", [.. Https("https://api.example.co.uk"), FrontEnd, "https://app.example.co.uk", Allowed, "https://app.example.co.uk,capacitor://localhost"] },
        { "front_end", FindingLevel.Ok, "browsers send our cookie", [.. Https("https://api.example.test"), Allowed, "https://app.other.test", "Accounts:Sessions:BodyModeOrigins", "https://app.other.test"] },
        { "public_url", FindingLevel.Warning, "cookies travel without Secure, and browsers are not told to come by https (HSTS)", [] },
        { "public_url", FindingLevel.Problem, "The name nowhere.invalid (Accounts__PublicUrl) leads nowhere from here", Https("https://nowhere.invalid") },
        { "throttling", FindingLevel.Problem, "Accounts__Throttling__Enabled is false", ["Accounts:Throttling:Enabled", "false"] },
        { "throttling", FindingLevel.Problem, "Accounts__TrustedProxies lists 10.0.0.0/8: whoever has an address in it can claim to be any client", ["Accounts:TrustedProxies", "10.0.0.0/8"] },
        { "mail", FindingLevel.Problem, "The mail server localhost:1 cannot be used", [] },
        { "runtime", FindingLevel.Ok, "is new enough", [] },
    };

    private static string[] Https(string address) => [Public, address, "Accounts:TrustedProxies", "10.0.0.7"];

    [Theory, MemberData(nameof(Broken))]
    public async Task CF_01_The_doctor_tells_each_broken_setting_in_a_sentence(string check, FindingLevel level, string words, string[] settings)
    {
        var pairs = settings.Chunk(2).Select(pair => (pair[0], pair[1]));
        (await Doctor.AskAsync(await postgres.CreateDatabaseAsync(), [.. pairs])).Finds(check, level, words);
    }
}
