using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Accounts.Tests.Providers;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http.Recordings;

/// <summary>Puts the server into the state that the original was in when it got a request, and our tokens in the place of its own.</summary>
public sealed partial class ReplayState(TestServer server, ProviderDouble provider)
{
    public const string Deletion = "me: method DELETE";

    private const string Suffix = "_691d672e";
    private const string Password = "Correct-horse-9";

    private readonly Dictionary<string, string> tokens = [];
    private readonly ForgedTokens forged = new(server);

    private static Person Named(string name) => new(name + Suffix, $"{name}{Suffix}@example.test", Password);

    /// <summary>Does by hand what rows did that are not in the recording.</summary>
    public Task PrepareAsync(Recording row) => row.Title switch
    {
        "verify-email: token missing" => VerifyAsync(Named("ann")),
        "login: password registered with spaces, sent without" => RegisterAsync(Named("pwspace") with { Password = $" {Password} " }),
        "token/refresh: expired refresh" => ExpireASessionAsync(Named("bob")),
        "state: login, inactive user" => DeactivateAsync(Named("bob")),
        "state: refresh, deleted user" => DeleteAsync(Named("deleted")),
        "social: google: success, first" => AgreeAsync(Identity.OfGoogle("gina@example.test").With("given_name", "Gina").With("family_name", "Google")),
        "social: github: success, first" => AgreeAsync(Octo()),
        "social: linkedin: me afterwards" => SignInLinkedAsync(),
        // Else it would delete her.
        Deletion => AgeSignInAsync(Named("bob")),
        "paths: GET /api" => server.Database.ExecuteAsync("UPDATE users SET is_active = true"),
        _ => Task.CompletedTask,
    };

    private static Identity Octo()
    {
        var octo = Identity.OfGitHub("octo@example.test");
        octo.User["login"] = "octo";
        return octo;
    }

    /// <summary>The code that the original's double took for good.</summary>
    private Task AgreeAsync(Identity identity)
    {
        provider.Issue(identity, SocialSteps.Challenge(new string('v', 64)), $"{server.Address}", code: "good");
        return Task.CompletedTask;
    }

    /// <summary>The recorded sign-in has no verifier, so that we refuse it.</summary>
    private async Task SignInLinkedAsync()
    {
        using var client = server.Client();
        var linked = Identity.OfLinkedIn("lin@example.test").With("given_name", "linked").With("family_name", "");
        var answer = await client.SignInAsync(provider, linked);
        Assert.Equal(200, answer.Status);
        (tokens["access:linked"], tokens["refresh:linked"]) = (answer.Access, answer.RefreshCookie!);
    }

    private async Task VerifyAsync(Person person)
    {
        using var client = server.Client();
        var token = await server.Mailbox.TokenAsync(person.Email);
        Assert.Equal(200, (await client.PostAsync("/api/auth/verify-email/", new { token })).Status);
    }

    private async Task RegisterAsync(Person person)
    {
        using var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
    }

    private async Task<(string Access, string Refresh)> SignInAsync(Person person)
    {
        using var client = server.Client();
        var answer = await client.SignInAsync(person);
        return (answer.Access, client.RefreshCookie!);
    }

    private async Task ExpireASessionAsync(Person person)
    {
        var (_, refresh) = await SignInAsync(person);
        tokens["expired-refresh"] = refresh;
        await server.Database.ExecuteAsync(
            "UPDATE sessions SET created_at = created_at - interval '1 year', rotated_at = rotated_at - interval '1 year' WHERE id = @id", ("id", forged.Read(refresh).SessionId));
    }

    private async Task AgeSignInAsync(Person person)
    {
        using var client = server.Client();
        await client.SignInAsync(person);
        await client.AgeProofAsync(server);
        (tokens["access:bob"], tokens["refresh:bob"]) = (client.Access!, client.RefreshCookie!);
    }

    /// <summary>Whose session lives: the original knew no other.</summary>
    private async Task DeactivateAsync(Person person)
    {
        (tokens["access:bob"], tokens["refresh:bob"]) = await SignInAsync(person);
        Assert.Equal(1, await server.Database.ExecuteAsync("UPDATE users SET is_active = false WHERE email = @email", ("email", person.Email)));
    }

    private async Task DeleteAsync(Person person)
    {
        await RegisterAsync(person);
        (_, tokens["refresh:deleted"]) = await SignInAsync(person);
        Assert.Equal(1, await server.Database.ExecuteAsync("DELETE FROM users WHERE email = @email", ("email", person.Email)));
    }

    /// <summary>Keeps the tokens that later rows send: of each user's first sign-in, and of the first refresh.</summary>
    public void Learn(Recording row, RawAnswer answer)
    {
        if (answer.Reply.Body is not JsonObject body || body["access"]?.ToString() is not { } access)
        {
            return;
        }
        if (body["user"]?["username"]?.ToString().Replace(Suffix, "", StringComparison.Ordinal) is { } name)
        {
            tokens.TryAdd($"access:{name}", access);
            tokens.TryAdd($"refresh:{name}", answer.Cookie("refresh_token")!);
        }
        else if (row.Group == "token/refresh")
        {
            tokens.TryAdd("refreshed-access:bob", access);
        }
    }

    /// <summary>The request as it is sent to us.</summary>
    public async Task<RecordedRequest> FillAsync(RecordedRequest request)
    {
        var headers = new Dictionary<string, string>();
        foreach (var (name, value) in request.Headers)
        {
            headers[name] = await FillAsync(value);
        }
        return request with
        {
            Path = await FillAsync(LongText().Replace(request.Path, match => new string('a', Length(match)))),
            Headers = headers,
            Body = request.Body is null ? null : await FillAsync(LongText().Replace(request.Body, match => LongBody(Length(match)))),
        };
    }

    private async Task<string> FillAsync(string text)
    {
        foreach (Match placeholder in Placeholder().Matches(text))
        {
            text = text.Replace(placeholder.Value, await ValueAsync(placeholder.Groups[1].Value), StringComparison.Ordinal);
        }
        return text;
    }

    private async Task<string> ValueAsync(string name) => name.Split(':') switch
    {
        ["verification-token", var person] => await server.Mailbox.TokenAsync(Named(person).Email),
        _ => tokens.GetValueOrDefault(name) ?? forged.Make(name, tokens["access:bob"], tokens["refresh:bob"]),
    };

    private static int Length(Match match) => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>Of two kinds: one long text, or lists in lists.</summary>
    private static string LongBody(int length) => length > 100_000
        ? $$"""{"username": "{{new string('a', length - 16)}}"}"""
        : $$"""{"username":{{new string('[', (length - 13) / 2)}}{{new string(']', (length - 13) / 2)}}}""";

    [GeneratedRegex(@"\{([a-z_]+(?:-[a-z_]+)*(?::[a-z]+)?)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("<([0-9]+) characters>")]
    private static partial Regex LongText();
}
