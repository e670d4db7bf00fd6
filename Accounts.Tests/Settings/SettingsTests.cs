using System.Globalization;
using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Settings;

/// <summary>Production does not start with a setting that is missing, weak or misspelt, and says which it is.</summary>
public sealed class SettingsTests(Postgres postgres)
{
    private const string Canary = "canary-0123456789-abcdefghijklmnop";

    [Theory]
    [InlineData("Accounts:PublicUrl", "http://accounts.example.com", "Accounts__PublicUrl is http://accounts.example.com: outside Development it must be https")]
    [InlineData("Accounts:PublicUrl", "accounts.example.com", "Accounts__PublicUrl is \"accounts.example.com\": set it to scheme, host and port alone")]
    [InlineData("Accounts:FrontendUrl", "app", "Accounts__FrontendUrl is \"app\": set it to an absolute address")]
    [InlineData("Accounts:AllowedOrigins", "*", "Accounts__AllowedOrigins lists \"*\": list each origin as browsers write it")]
    [InlineData("Accounts:AllowedOrigins", "http://app.example.com", "Accounts__AllowedOrigins lists http://app.example.com: outside Development an origin must be https")]
    [InlineData("Accounts:TrustedProxies", "everybody", "Accounts__TrustedProxies lists \"everybody\"")]
    [InlineData("Accounts:TrustedProxies", "10.0.0.7,0.0.0.0/0", "Accounts__TrustedProxies lists 0.0.0.0/0, which is everybody")]
    [InlineData("Accounts:TrustedProxies", "::/0", "Accounts__TrustedProxies lists ::/0, which is everybody")]
    [InlineData("Accounts:TrustedProxies", "::ffff:0:0/96", "Accounts__TrustedProxies lists ::ffff:0:0/96, which is everybody")]
    [InlineData("Accounts:SecretKey", "", "Accounts__SecretKey is not set")]
    [InlineData("Accounts:SecretKey", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Accounts__SecretKey can be guessed")]
    [InlineData("Accounts:SecretKey", "changeme-0123456789-abcdefghijklmnopqrstuvw", "Accounts__SecretKey can be guessed")]
    [InlineData("Accounts:PreviousSecretKeys", "short", "Accounts__PreviousSecretKeys lists a key of less than 32 random characters")]
    [InlineData("Accounts:Passwords:Algorithm", "bcrypt", "Accounts__Passwords__Algorithm is \"bcrypt\": choose argon2id or pbkdf2.")]
    [InlineData("Accounts:Passwords:MemoryKiB", "19455", "Accounts__Passwords__MemoryKiB is 19455: choose 19456 to 131072.")]
    [InlineData("Accounts:Passwords:MemoryKiB", "131073", "Accounts__Passwords__MemoryKiB is 131073: choose 19456 to 131072.")]
    [InlineData("Accounts:Passwords:Passes", "1", "Accounts__Passwords__Passes is 1: choose 2 to 10.")]
    [InlineData("Accounts:Passwords:Iterations", "1000", "Accounts__Passwords__Iterations is 1000: choose 210000 to 4000000.")]
    [InlineData("Accounts:Usernames:Pattern", "([a-z", "Accounts__Usernames__Pattern is not usable: ")]
    [InlineData("Accounts:Usernames:Pattern", "(?=a)b", "Accounts__Usernames__Pattern is not usable: ")]
    [InlineData("Accounts:Usernames:MinimumLength", "0", "Accounts__Usernames__MinimumLength is 0: choose 1 to 150.")]
    [InlineData("Accounts:Usernames:MaximumLength", "151", "Accounts__Usernames__MaximumLength is 151: choose 1 (MinimumLength) to 150.")]
    [InlineData("Accounts:Passwords:MinimumLength", "many", "Accounts__Passwords__MinimumLength cannot be read: a count is a whole number.")]
    [InlineData("Accounts:Sessions:AccessTokenLifetime", "soon", "Accounts__Sessions__AccessTokenLifetime cannot be read: a time is d.hh:mm:ss, for example 00:10:00.")]
    [InlineData("Accounts:Sessions:AccessTokenLifetime", "1.00:00:01", "Accounts__Sessions__AccessTokenLifetime is 1.00:00:01: choose 00:00:30 to 1.00:00:00")]
    [InlineData("Accounts:Sessions:ReuseLeeway", "1.00:00:00", "Accounts__Sessions__ReuseLeeway")]
    [InlineData("Accounts:ShutdownDelay", "01:00:00", "Accounts__ShutdownDelay is 01:00:00: choose 00:00:00 to 00:01:00")]
    [InlineData("Accounts:Mail:SmtpUrl", "", "Accounts__Mail__SmtpUrl is not set")]
    [InlineData("Accounts:Mail:SmtpUrl", $"smtps://u:{Canary}@mail.example.com:465?tls=none", "Accounts__Mail__SmtpUrl begins with smtps://")]
    [InlineData("Accounts:Mail:SmtpUrl", $"pop3://u:{Canary}@mail.example.com", "Accounts__Mail__SmtpUrl must begin with smtp:// or smtps://")]
    [InlineData("Accounts:Mail:Lanes", "0", "Accounts__Mail__Lanes is 0")]
    [InlineData("Accounts:Mail:SmtpUrl", $"smtp://u:{Canary}@mail.example.com?tls=none", "Accounts__Mail__SmtpUrl has a password and ?tls=none")]
    [InlineData("Accounts:Mail:SmtpUrl", $"smtp://u:{Canary}/x@mail.example.com", "Accounts__Mail__SmtpUrl is not an address")]
    [InlineData("Accounts:Mail:From", "nobody", "Accounts__Mail__From is \"nobody\"")]
    [InlineData("Accounts:Mail:ResetUrl", "/reset#token={token}", "Accounts__Mail__ResetUrl is \"/reset#token={token}\"")]
    [InlineData("Accounts:Mail:VerifyUrl", "https://app.example.com/verify", "Accounts__Mail__VerifyUrl is \"https://app.example.com/verify\"")]
    [InlineData("Accounts:Tokens:IntrospectionClients", $"{Canary}", "Accounts__Tokens__IntrospectionClients must list id:secret pairs")]
    [InlineData("Accounts:Tokens:Issuer", "me", "Accounts__Tokens__Issuer is \"me\"")]
    [InlineData("Accounts:Clients:Billing:Roles", "reports", "Accounts__Clients__Billing__Secret is not set. Set it to at least 32 random characters: openssl rand -base64 48")]
    [InlineData("Accounts:Clients:Billing:Secret", "canary-0123456789", "Accounts__Clients__Billing__Secret is shorter than 32 characters")]
    [InlineData("Accounts:Clients:Billing:Secret", $"{Canary},short", "Accounts__Clients__Billing__Secret is shorter than 32 characters")]
    [InlineData("Accounts:Clients:Billing:Secret", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Accounts__Clients__Billing__Secret can be guessed")]
    [InlineData("Accounts:Clients:Billing:Secret", $"{Canary}1,{Canary}2,{Canary}3", "Accounts__Clients__Billing__Secret lists more than two secrets")]
    [InlineData("Accounts:Clients:Bill.ing:Secret", Canary, "Accounts__Clients__Bill.ing__… has a name that cannot be")]
    [InlineData("Accounts:Clients:Billing", Canary, "Accounts__Clients__Billing is no setting")]
    [InlineData("Accounts:Registration:Open", "perhaps", "Accounts__Registration__Open cannot be read: a switch is true or false.")]
    [InlineData("Accounts:Mail:SmptUrl", $"smtp://u:{Canary}@mail.example.com", "Accounts__Mail__SmptUrl is no setting; did you mean Accounts__Mail__SmtpUrl? .env.example lists them all.")]
    [InlineData("Accounts:SmtpUrl", $"smtp://u:{Canary}@mail.example.com", "Accounts__SmtpUrl is no setting; did you mean Accounts__Mail__SmtpUrl? .env.example lists them all.")]
    [InlineData("Accounts:Mail:Smtp_Url", $"smtp://u:{Canary}@mail.example.com", "Accounts__Mail__Smtp_Url is no setting; did you mean Accounts__Mail__SmtpUrl? .env.example lists them all.")]
    [InlineData("Accounts:Favourite:Colour", Canary, "Accounts__Favourite__Colour is no setting; .env.example lists them all.")]
    [InlineData("ConnectionStrings:Accounts", "", "ConnectionStrings__Accounts is not set")]
    [InlineData("ConnectionStrings:Accounts", $"postgres://u:{Canary}@db/accounts", "ConnectionStrings__Accounts cannot be read: write it as Host=db;")]
    [InlineData("ConnectionStrings:Accounts", $"Host=db;Port=many;Password={Canary}", "ConnectionStrings__Accounts cannot be read: write it as Host=db;")]
    [InlineData("ConnectionStrings:Accounts", $"Database=accounts;Password={Canary}", "ConnectionStrings__Accounts cannot be read: write it as Host=db;")]
    [InlineData("ConnectionStrings:Accounts", "Host=db;Password=none-that-anybody-tries;Include Error Detail=true", "ConnectionStrings__Accounts has Include Error Detail=true")]
    [InlineData("ConnectionStrings:Accounts", "Host=db;Password=postgres", "ConnectionStrings__Accounts has a password that everybody tries first")]
    public async Task CF_01_A_bad_setting_stops_the_start_with_one_sentence_that_names_it(string setting, string value, string sentence)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync("Host=nowhere", ("environment", "Production"), (setting, value)));
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain(Canary, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reports,admin", "Accounts__Clients__Billing__Roles lists admin, which no program may have")]
    [InlineData("Reports", "Accounts__Clients__Billing__Roles must list at most 20 roles")]
    public async Task SG_20_A_program_that_would_have_a_role_which_it_must_not_stops_the_start(string roles, string sentence)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync(
            "Host=nowhere", ("Accounts:Clients:Billing:Secret", Canary), ("Accounts:Clients:Billing:Roles", roles)));
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:8080")]
    [InlineData("http_ports", "8080")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://*:8080")]
    public async Task CF_01_An_https_address_and_a_listener_in_clear_take_a_list_of_proxies(string setting, string value)
    {
        (string, string)[] behind = [("environment", "Production"), ("Accounts:PublicUrl", "https://accounts.example.com"), ("urls", ""), (setting, value)];
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync("Host=nowhere;SSL Mode=Disable;Password=none-that-anybody-tries", behind));
        Assert.StartsWith("Accounts__TrustedProxies is not set, Accounts__PublicUrl is https, and the server listens in clear", refused.Message, StringComparison.Ordinal);
        foreach (var enough in new[] { ("Accounts:TrustedProxies", "10.0.0.0/24"), ("https_ports", "8443"), ("Kestrel:Endpoints:Https:Url", "https://*:8443"), ("environment", "Development") })
        {
            var other = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync("Host=nowhere;SSL Mode=Disable;Password=none-that-anybody-tries", [.. behind, enough]));
            Assert.DoesNotContain("TrustedProxies", other.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CF_01_Several_mistakes_are_told_at_once_with_an_exit_code_and_without_a_stack_or_a_secret()
    {
        await using var process = ServerProcess.Launch(
            $"postgres://u:{Canary}@db/accounts", ("environment", "Production"), ("Accounts:SecretKey", Canary[..20]), ("Accounts:PublicUrl", "http://accounts.example.com"),
            ("Accounts:AllowedOrigins", "*"), ("Accounts:Sesions:IdleLifetime", "1.00:00:00"), ("Accounts:Mail:SmtpUrl", $"imap://u:{Canary}@mail.example.com"));
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        var lines = process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("Accounts cannot start: ", lines[0], StringComparison.Ordinal);
        foreach (var name in new[] { "ConnectionStrings__Accounts", "Accounts__SecretKey", "Accounts__PublicUrl", "Accounts__AllowedOrigins", "Accounts__Sesions__IdleLifetime", "Accounts__Mail__SmtpUrl" })
        {
            Assert.Single(lines, line => line.Replace("Accounts cannot start: ", "", StringComparison.Ordinal).StartsWith(name, StringComparison.Ordinal));
        }
        Assert.Equal(6, lines.Length);
        Assert.DoesNotContain("canary", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CF_01_Production_starts_with_good_settings()
    {
        await using var server = await TestServer.StartAsync(postgres, ("environment", "Production"));
        using var client = server.Client();
        await server.WaitUntilReadyAsync();
        Assert.Equal(404, (await client.GetAsync("/dev/mailbox")).Status);
    }

    [Theory]
    [InlineData("1.00:00:00", true), InlineData("01:00:00", false)]
    public async Task Access_tokens_may_live_a_day_and_beyond_an_hour_the_start_warns(string lifetime, bool warns)
    {
        await using var process = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), ("Accounts:Sessions:AccessTokenLifetime", lifetime));
        using var client = process.Client();
        var login = await client.SignInAsync(await client.RegisterSomebodyAsync());
        Assert.Equal(TimeSpan.Parse(lifetime, CultureInfo.InvariantCulture).TotalSeconds.ToString(CultureInfo.InvariantCulture), login["access_expires_in"]);
        var warning = $"Accounts__Sessions__AccessTokenLifetime is {lifetime}: services that check tokens";
        await Until.TrueAsync(() => Task.FromResult(process.Output.Contains(warning, StringComparison.Ordinal) == warns), warning);
    }
}
