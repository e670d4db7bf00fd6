using Accounts.Core.Failures;
using Accounts.Development.Mailbox;
using Accounts.Tests.Admin;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Profile;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>A mail speaks the language of who reads it, whoever has it sent.</summary>
public sealed class MailLanguageTests(SpeakingServer speaking) : IClassFixture<SpeakingServer>
{
    private const string Reset = "/api/auth/password/reset/";

    private readonly TestServer server = speaking.Server;

    [Theory]
    [InlineData("nl", "nl")]
    [InlineData("nl-BE, en;q=0.5", "nl")]
    [InlineData("xh, ar;q=0.5, nl;q=0.1", "ar")]
    [InlineData("NL;q=0, en", "en")]
    [InlineData("*, nl;q=0.5", "nl")]
    [InlineData("xh", null)]
    [InlineData("*", null)]
    [InlineData("nl;q=nought;;,", null)]
    [InlineData(",;=", null)]
    public async Task Whoever_signs_up_has_the_language_of_ours_that_their_browser_prefers(string accepted, string? locale)
    {
        using var client = server.Client();
        var person = await RegisterAsync(client, accepted);
        Assert.Equal(1, await server.Database.CountAsync("users", $"email = '{person.Email}' AND locale IS NOT DISTINCT FROM {(locale is null ? "NULL" : $"'{locale}'")}"));
        Assert.Equal(locale switch { "nl" => "Bevestig localhost", "ar" => "أكد localhost", _ => "Verify your email address for localhost" }, (await server.Mailbox.WaitAsync(person.Email)).Subject);
    }

    [Fact]
    public async Task What_no_browser_would_send_is_not_even_read()
    {
        using var client = server.Client();
        var person = await RegisterAsync(client, string.Join(',', Enumerable.Repeat("nl", 400)));
        Assert.Equal(1, await server.Database.CountAsync("users", $"email = '{person.Email}' AND locale IS NULL"));
    }

    [Fact]
    public async Task A_reset_that_a_stranger_asks_for_is_in_the_language_of_its_owner()
    {
        using var client = server.Client();
        var person = await RegisterAsync(client, "nl");
        await server.Mailbox.WaitAsync(person.Email);
        using var stranger = server.Client();
        Assert.Equal(200, (await stranger.PostAsync(Reset, new { email = person.Email }, ("Accept-Language", "ar"))).Status);
        var mail = await server.Mailbox.WaitAsync(person.Email, 2);
        Assert.Equal("Nieuw wachtwoord", mail.Subject);
        Assert.StartsWith($"Hallo {person.Username},\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("30 minuten", mail.Text, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"nl\" dir=\"ltr\">", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_is_the_users_to_choose_and_what_we_do_not_have_is_the_default()
    {
        using var client = server.Client();
        var person = await RegisterAsync(client, "nl");
        await client.SignInAsync(person);
        await client.PatchMeAsync(new { locale = "ar-EG" });
        await client.PostAsync(Reset, new { email = person.Email }, ("Accept-Language", "nl"));
        var arabic = await WaitAsync(person, "كلمة");
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", arabic.Html, StringComparison.Ordinal);
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        await client.PatchMeAsync(new { locale = "tlh-Latn-x-mars" });
        await client.PostAsync(Reset, new { email = person.Email }, ("Accept-Language", "nl"));
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", (await WaitAsync(person, "Choose a new password for localhost")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_account_reads_the_language_of_the_browser_that_asks_with_times_and_devices_in_it()
    {
        using var client = server.Client();
        var email = Some.Email();
        const string firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0";
        await client.PostAsync(EmailCodeSteps.Root, new { email }, ("Accept-Language", "nl"), ("User-Agent", firefox));
        var mail = await server.Mailbox.WaitAsync(email);
        Assert.Equal("Maak een account", mail.Subject);
        Assert.Matches("\nTijd: [0-9]+ (januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december) 20[0-9]{2} om [0-9]{2}:[0-9]{2}\n", mail.Text);
        Assert.Contains("\nDevice: Firefox op Windows\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_is_in_the_language_that_it_is_to_have_and_not_in_that_of_who_invites()
    {
        using var admin = server.Client();
        await server.SignInAdministratorAsync(admin);
        var (dutch, other) = (Some.Email(), Some.Email());
        Assert.Equal(201, (await admin.PostAsync(InvitationSteps.Invitations, new { email = dutch, locale = "nl-NL" }, ("Accept-Language", "ar"))).Status);
        Assert.Equal(201, (await admin.PostAsync(InvitationSteps.Invitations, new { email = other }, ("Accept-Language", "ar"))).Status);
        Assert.Equal("U bent uitgenodigd", (await server.Mailbox.WaitAsync(dutch)).Subject);
        Assert.Equal("You are invited to localhost", (await server.Mailbox.WaitAsync(other)).Subject);
        (await admin.PostAsync(InvitationSteps.Invitations, new { email = Some.Email(), locale = "en_US" })).AssertBody(400, """{"locale":["Enter a valid language tag, such as de or pt-BR."]}""");
    }

    [Fact]
    public async Task SG_25_What_a_language_file_says_is_text_in_both_parts_and_never_markup()
    {
        using var client = server.Client();
        var person = await RegisterAsync(client, "ar");
        var mail = await server.Mailbox.WaitAsync(person.Email);
        Assert.StartsWith("<b>\"&\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;&quot;&amp;</p>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("<strong>sterk</strong>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("\nsterk\n", mail.Text, StringComparison.Ordinal);
    }

    private async Task<MailboxFolder.Delivered> WaitAsync(Person person, string subject)
    {
        await Until.TrueAsync(() => Task.FromResult(server.Mailbox.To(person.Email).Exists(mail => mail.Subject == subject)), subject);
        return server.Mailbox.To(person.Email).Single(mail => mail.Subject == subject);
    }

    private static async Task<Person> RegisterAsync(ApiClient client, string accepted)
    {
        var person = Some.Person();
        var answer = await client.PostAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, ("Accept-Language", accepted));
        Assert.Equal(201, answer.Status);
        return person;
    }
}

/// <summary>A server that speaks two more languages, each in part; one of them is written from right to left.</summary>
public sealed class SpeakingServer(Postgres postgres) : IAsyncLifetime
{
    private const string Dutch = """
        {
          "mails": {
            "common": { "hello": ["Hallo {username},"], "act": ["- Tijd: {when}", "- Device: {device}", "- Address: {address}"] },
            "verify-email": { "subject": "Bevestig {site}" },
            "reset-password": { "subject": "Nieuw wachtwoord" },
            "new-account-code": { "subject": "Maak een account" },
            "invitation": { "subject": "U bent uitgenodigd" }
          },
          "moments": {
            "time": "{day} {month} {year} om {clock}",
            "months": {
              "1": "januari", "2": "februari", "3": "maart", "4": "april", "5": "mei", "6": "juni", "7": "juli", "8": "augustus", "9": "september", "10": "oktober",
              "11": "november", "12": "december"
            }
          },
          "units": { "minutes": { "one": "{n} minuut", "other": "{n} minuten" } },
          "devices": { "on": "{program} op {system}" }
        }
        """;

    private const string Arabic = """
        {
          "direction": "rtl",
          "mails": {
            "verify-email": { "subject": "أكد {site}", "text": ["<b>\"&", "**sterk**", "[[Ok]]({link})", "= {code}", "= Code: {code}", "~ {valid_for} {username}"] },
            "reset-password": { "subject": "كلمة" }
          }
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("accounts-texts-").FullName;

    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "nl.json"), Dutch);
        await File.WriteAllTextAsync(Path.Combine(folder, "ar.json"), Arabic);
        Server = await TestServer.StartAsync(postgres, ("Accounts:Texts:Folder", folder), ("Accounts:EmailCodes:Enabled", "true"), ("Accounts:EmailCodes:SignUp", "true"));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>What an operator says in mails is looked at before anything starts.</summary>
public sealed class OwnMailTextTests(Postgres postgres) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("accounts-texts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("""{"mails":{"verify-email":{"subject":"Hoi {lnik}"}}}""", "nl.json asks for {lnik} in mails.verify-email; it has code, link, site, username, valid_for.")]
    [InlineData("""{"mails":{"verify-mail":{"subject":"Hoi"}}}""", "nl.json has the text \"mails.verify-mail.subject\", which nothing asks for.")]
    public async Task CF_01_A_text_that_asks_for_what_its_mail_does_not_have_stops_the_start(string texts, string sentence)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "nl.json"), texts);
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, ("Accounts:Texts:Folder", folder)));
        Assert.Contains($"Accounts__Texts__Folder: {sentence}", refused.Message, StringComparison.Ordinal);
    }
}
