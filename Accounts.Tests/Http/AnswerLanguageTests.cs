using System.Text;
using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>What answers tell people is told in their language; what programs read is the same in each.</summary>
public sealed class AnswerLanguageTests(AnswerLanguageTests.Server shared, Postgres postgres) : IClassFixture<AnswerLanguageTests.Server>, IDisposable
{
    private const string Credentials = "Die Anmeldedaten sind nicht korrekt", English = "Invalid credentials";

    private readonly ApiClient client = shared.Server.Client();

    public sealed class Server(Postgres postgres) : SharedServer(postgres, ProgramServer.Settings);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("de", Credentials), InlineData("de-AT", Credentials), InlineData("DE-de-1996", Credentials)]
    [InlineData("pt", "As credenciais estão incorretas"), InlineData("pt-PT", "As credenciais estão incorretas"), InlineData("pt-BR", "As credenciais estão incorretas")]
    [InlineData("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "Identifiants incorrects"), InlineData("en;q=0.5, es;q=0.9", "Los datos de inicio de sesión no son correctos")]
    [InlineData("nl, de;q=0.3", Credentials), InlineData("de;q=0, fr;q=0.1", "Identifiants incorrects")]
    [InlineData("en", English), InlineData("en-GB, de;q=0.9", English), InlineData("nl", English), InlineData("*", English), InlineData("*, de;q=0.5", English), InlineData("de;q=0", English)]
    [InlineData("", English), InlineData("de;q=x", English), InlineData(",;=;\t,", English), InlineData("answers", English)]
    public async Task SG_25_The_first_language_that_we_have_of_those_preferred_is_spoken(string accepted, string detail)
    {
        var answer = await client.PostAsync("/api/auth/login/", new { email = "nobody@example.test", password = Some.Password }, ("Accept-Language", accepted));
        Assert.Equal((401, detail, "invalid_credentials"), (answer.Status, answer["detail"], answer["code"]));
        AssertVaries(answer);
    }

    [Fact]
    public async Task Without_the_header_and_in_English_every_byte_is_the_same()
    {
        var answers = new List<string>();
        foreach (var headers in new (string, string)[][] { [], [("Accept-Language", "en")], [("Accept-Language", "tlh")] })
        {
            var answer = await client.PostAsync("/api/auth/register/", new { username = "a b", email = "x", password = "1234567" }, headers);
            AssertVaries(answer);
            answers.Add(answer.Text);
        }
        Assert.All(answers, text => Assert.Equal(
            """{"username":["Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."],"email":["Enter a valid email address."],"password":["Ensure this field has at least 8 characters."]}""", text));
    }

    /// <summary>As long as the server takes any header, and of thousands of parts.</summary>
    [Fact]
    public async Task SG_25_A_header_that_no_browser_sends_is_as_good_as_none()
    {
        foreach (var accepted in new[] { string.Join(", ", Enumerable.Repeat("de", 200)), $"de-{string.Join('-', Enumerable.Repeat("a", 10_000))}" })
        {
            var answer = await client.PostAsync("/api/auth/login/", new { email = "nobody@example.test", password = Some.Password }, ("Accept-Language", accepted));
            Assert.Equal((401, English), (answer.Status, answer["detail"]));
        }
    }

    [Fact]
    public async Task Fields_are_told_with_their_values_and_keep_their_names()
    {
        var answer = await client.PostAsync(
            "/api/auth/register/", new { username = new string('a', 200), email = "x", password = "1234567", first_name = new { } }, ("Accept-Language", "de"));
        Assert.Equal(
            """{"username":["Dieses Feld darf höchstens 150 Zeichen lang sein."],"email":["Geben Sie eine gültige E-Mail-Adresse ein."],"password":["Dieses Feld muss mindestens 8 Zeichen lang sein."],"first_name":["Kein gültiger Text."]}""",
            answer.Text);
        AssertVaries(answer);
    }

    /// <summary>What somebody sends is a value, whatever it looks like, and never a sentence.</summary>
    [Theory]
    [InlineData("Not found."), InlineData("{0}{1}"), InlineData("Invalid credentials")]
    public async Task SG_25_What_is_repeated_of_a_request_is_not_translated(string type)
    {
        using var content = new StringContent("x");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var answer = await client.SendAsync(HttpMethod.Post, "/api/auth/login/", content, ("Accept-Language", "de"));
        Assert.Equal((415, $"Der Medientyp „{type}“ der Anfrage wird nicht unterstützt."), (answer.Status, answer["detail"]));
    }

    [Fact]
    public async Task Every_refusal_of_the_wire_speaks_the_language_and_keeps_its_words_for_programs()
    {
        (string, string) german = ("Accept-Language", "de");
        (int Status, string Code, string Detail, Answer Answer)[] refusals =
        [
            (400, "parse_error", "JSON konnte nicht gelesen werden: ein Name kommt doppelt vor", await client.SendAsync(HttpMethod.Post, "/api/auth/login/", Json("""{"a":1,"A":2}"""), german)),
            (401, "not_authenticated", "Es wurden keine Anmeldedaten übermittelt.", await client.GetAsync("/api/auth/me/", german)),
            (401, "token_not_valid", "Das übermittelte Token ist ungültig", await client.GetAsync("/api/auth/me/", german, ("Authorization", "Bearer x"))),
            (403, "csrf_failed", "CSRF-Prüfung fehlgeschlagen: Die Anfrage kommt von einer Website, die nicht in Accounts__AllowedOrigins steht.", await client.PostAsync("/api/auth/logout/", null, german, ("Origin", "null"))),
            (404, "not_found", "Nicht gefunden.", await client.GetAsync("/api/auth/nowhere/", german)),
            (405, "method_not_allowed", "Die Methode „GET“ ist nicht erlaubt.", await client.GetAsync("/api/auth/login/", german)),
            (406, "not_acceptable", "Der Accept-Header der Anfrage kann nicht erfüllt werden.", await client.PostAsync("/api/auth/login/", null, german, ("Accept", "image/png"))),
            (413, "payload_too_large", "Der Inhalt der Anfrage ist zu groß.", await client.PostAsync("/api/auth/login/", new { email = new string('a', 40_000) }, german)),
            (415, "unsupported_media_type", "Der Medientyp „text/plain; charset=utf-8“ der Anfrage wird nicht unterstützt.", await client.SendAsync(HttpMethod.Post, "/api/auth/login/", new StringContent("x"), german)),
            (400, "bad_request", "Ungültiger Host-Header.", await client.GetAsync("/api/auth/me/", german, ("Host", "evil.example"))),
        ];
        Assert.All(refusals, refusal => Assert.Equal((refusal.Status, refusal.Code, refusal.Detail), (refusal.Answer.Status, refusal.Answer["code"], refusal.Answer["detail"])));
        Assert.All(refusals, refusal => AssertVaries(refusal.Answer));
        var token = refusals[2].Answer;
        Assert.Equal(("invalid", "Bearer realm=\"api\""), (token["reason"], token.Header("WWW-Authenticate")));
        Assert.Equal("""[{"token_class":"AccessToken","token_type":"access","message":"Das Token ist ungültig"}]""", token["messages"]);
    }

    [Fact]
    public async Task A_limit_and_a_lost_database_are_told_in_the_language_too()
    {
        await using var server = await TestServer.StartOnAsync(await postgres.CreateDatabaseAsync() + ";Command Timeout=5", ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:RegistrationsPerHour", "1"));
        using var somebody = server.Client();
        await using (var held = await HeldTransaction.BeginAsync(server.Database))
        {
            await held.ExecuteAsync("LOCK TABLE outbox_messages");
            var away = await RegisterAsync(somebody);
            Assert.Equal((503, "Service temporairement indisponible, veuillez réessayer plus tard.", "unavailable"), (away.Status, away["detail"], away["code"]));
            AssertVaries(away);
        }
        Assert.Equal("Inscription réussie. Veuillez confirmer votre adresse e-mail.", (await RegisterAsync(somebody))["message"]);
        var limited = await RegisterAsync(somebody);
        Assert.Equal((429, $"Trop de requêtes. Veuillez réessayer dans {limited["retry_after"]} secondes.", "throttled"), (limited.Status, limited["detail"], limited["code"]));
        Assert.Equal(limited["retry_after"], limited.Header("Retry-After"));
        AssertVaries(limited);
    }

    [Fact]
    public async Task SG_25_What_went_well_is_told_in_the_language_and_what_has_no_sentence_does_not_vary()
    {
        var person = await client.SignInSomebodyAsync();
        var me = await client.GetAsync("/api/auth/me/", ("Accept-Language", "es"));
        var refreshed = await client.PostAsync("/api/auth/token/refresh/", null, ("Accept-Language", "es"));
        Assert.All(new[] { me, refreshed }, answer => Assert.Equal((200, "Origin"), (answer.Status, answer.Header("Vary"))));
        var events = await client.GetAsync("/api/auth/me/events/", ("Accept-Language", "es"));
        Assert.Equal("Inicio de sesión", events.Json.GetProperty("results")[0].GetProperty("text").GetString());
        AssertVaries(events);
        var changed = await client.PostAsync("/api/auth/password/change/", new { old_password = person.Password, new_password = Some.OtherPassword }, ("Accept-Language", "es"));
        Assert.Equal((200, "La nueva contraseña se ha guardado."), (changed.Status, changed["detail"]));
        var out_ = await client.PostAsync("/api/auth/logout/", null, ("Accept-Language", "es"));
        Assert.Equal((200, "Se ha cerrado la sesión"), (out_.Status, out_["detail"]));
        AssertVaries(out_);
    }

    /// <summary>RFC 6749 section 5.2: no character beyond ASCII, and for developers.</summary>
    [Fact]
    public async Task What_OAuth_libraries_read_stays_English()
    {
        using var grant = ProgramTokenSteps.Body("application/x-www-form-urlencoded", ("grant_type", "password"));
        using var missing = ProgramTokenSteps.Body("application/x-www-form-urlencoded");
        var credentials = ("Authorization", ProgramTokenSteps.Basic("Billing", ProgramServer.Billing));
        var refused = await client.SendAsync(HttpMethod.Post, ProgramTokenSteps.Token, grant, credentials, ("Accept-Language", "de"));
        Assert.Equal((400, "unsupported_grant_type", "The grant type is not supported: use client_credentials."), (refused.Status, refused["error"], refused["error_description"]));
        Assert.Equal("Der Grant-Typ wird nicht unterstützt: Verwenden Sie client_credentials.", refused["detail"]);
        var incomplete = await client.SendAsync(HttpMethod.Post, ProgramTokenSteps.Token, missing, credentials, ("Accept-Language", "de"));
        Assert.Equal((400, "invalid_request"), (incomplete.Status, incomplete["error"]));
        Assert.True(Ascii.IsValid(incomplete["error_description"]), incomplete.ToString());
        var stranger = await client.SendAsync(HttpMethod.Post, ProgramTokenSteps.Token, null, ("Accept-Language", "de"));
        Assert.Equal((401, "invalid_client", "Invalid client."), (stranger.Status, stranger["error"], stranger["error_description"]));
    }

    private static Task<Answer> RegisterAsync(ApiClient client)
    {
        var person = Some.Person();
        return client.PostAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, ("Accept-Language", "fr"));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static void AssertVaries(Answer answer) => Assert.Equal(["Accept-Language", "Origin"], answer.Vary.Order(StringComparer.Ordinal));
}
