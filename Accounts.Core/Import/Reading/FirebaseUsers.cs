using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Accounts.Core.Import.Reading;

/// <summary>Users of Firebase, as <c>firebase auth:export users.json</c> writes them (https://firebase.google.com/docs/cli/auth, "File format").</summary>
/// <param name="file">its path</param>
/// <param name="config">of the project's hashes; null where nobody has a password</param>
public sealed class FirebaseUsers(string file, FirebaseHashConfig? config) : IForeignUsers
{
    /// <summary>What it calls the providers that are known here. A password and a telephone are none.</summary>
    private static readonly Dictionary<string, string> Providers = new()
    {
        ["google.com"] = "google", ["apple.com"] = "apple", ["facebook.com"] = "facebook", ["github.com"] = "github", ["microsoft.com"] = "microsoft", ["twitter.com"] = "twitter",
    };

    private static readonly JsonShape Shape = new("export of Firebase's", "Let its tool write it: firebase auth:export users.json.", "users");

    public string Name => "firebase";

    public async IAsyncEnumerable<ForeignUser> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 0;
        await foreach (var user in new JsonObjects(file, Shape).ReadAsync(cancellation))
        {
            yield return Of(++number, user);
        }
    }

    /// <summary>A text in the JSON that is none, half a character, is that user's problem alone.</summary>
    private ForeignUser Of(int number, JsonElement user)
    {
        var id = "";
        try
        {
            id = user.Text("localId") ?? "";
            return Read(number, id, user);
        }
        catch (InvalidOperationException)
        {
            return new ForeignUser { LegacyId = id, Place = $"record {number}", Problem = "A text of it is not valid UTF-8." };
        }
    }

    private ForeignUser Read(int number, string id, JsonElement user)
    {
        var identities = user.Items("providerUserInfo").Select(Identity).OfType<ForeignIdentity>().ToArray();
        var (hash, problem) = HashOf(user);
        return new ForeignUser
        {
            LegacyId = id,
            Place = $"record {number}",
            Problem = problem,
            Email = user.Text("email"),
            EmailVerified = user.IsTrue("emailVerified"),
            PasswordHash = hash,
            IsActive = !user.IsTrue("disabled"),
            DateJoined = ForeignRow.Moment(user.Text("createdAt")),
            LastLogin = ForeignRow.Moment(user.Text("lastSignedInAt")),
            FirstName = user.Text("displayName") ?? "",
            Roles = [.. JsonValues.Parse(user.Text("customAttributes")) is { } claims ? claims.Roles() : []],
            Identities = identities,
            Notes = [.. ForeignRow.Unreadable(user.Text("createdAt"), user.Text("lastSignedInAt"))],
        };
    }

    private (string? Hash, string? Problem) HashOf(JsonElement user) => (user.Text("passwordHash"), user.Text("salt")) switch
    {
        (null or "", _) => (null, null),
        ({ } hash, { } salt) when config is not null => (config.Stored(hash, salt), null),
        (_, null) => (null, "It has a password's hash without a salt, which is none of Firebase's own."),
        _ => (null, "It has a password: say --hash-config FILE, with the project's password hash parameters."),
    };

    private static ForeignIdentity? Identity(JsonElement info)
    {
        var (provider, uid) = (info.Text("providerId") ?? "", info.Text("rawId"));
        var name = provider.StartsWith("oidc.", StringComparison.Ordinal) ? provider[5..] : Providers.GetValueOrDefault(provider);
        // Firebase does not say whether the provider vouched for the address.
        return name is null || uid is null ? null : new ForeignIdentity(name, uid, info.Text("email"), EmailVerified: false);
    }
}
