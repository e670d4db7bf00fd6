using System.Security.Cryptography;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Core.Users;
using Accounts.Development.Provider;

namespace Accounts.Development.Testing;

/// <summary>How the next sign-in at the fake provider goes.</summary>
/// <param name="Word">that says so</param>
/// <param name="Person">who signs in; null for whoever is chosen on its page</param>
public sealed record NextSignIn(string Word, FakePerson? Person);

/// <summary>The body of provider.</summary>
public sealed record NextSignInRequest : IRequest<NextSignIn>
{
    private const string Page = "page";

    private const int LongestId = 100;

    private static readonly string[] Words = ["verified", "authoritative", "unverified_email", "no_email", "declined", "unavailable", Page];

    public Field Next { get; init; }

    public Field Id { get; init; }

    public Field Email { get; init; }

    public Field FirstName { get; init; }

    public Field LastName { get; init; }

    public NextSignIn Read(FieldReader fields)
    {
        var word = fields.ShortText("next", Next, longest: 20) ?? "";
        if (word.Length > 0 && !Words.Contains(word))
        {
            fields.Errors.Add("next", $"Say one of {string.Join(", ", Words)}.");
        }
        DemandOffered(fields);
        return new NextSignIn(word, word == Page ? null : Person(word, fields));
    }

    private static void DemandOffered(FieldReader fields)
    {
        var offered = fields.Context.RequestServices.GetRequiredService<SocialProviders>().OfferedNames(fields.Context.Request);
        if (!offered.Contains(FakeProviderSetup.Name))
        {
            fields.Errors.Add("next", "The fake provider stands in while no other one has a client id.");
        }
    }

    private FakePerson Person(string word, FieldReader fields)
    {
        var id = Id.IsMissing ? $"test-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}" : fields.ShortText("id", Id, LongestId) ?? "";
        var email = Email.IsMissing ? $"{id}@example.test" : fields.NewEmailAddress("email", Email)?.Text;
        var (first, last) = (fields.OptionalText("first_name", FirstName, User.LongestName), fields.OptionalText("last_name", LastName, User.LongestName));
        return new FakePerson(
            id, first.Length > 0 ? first : "Terry", last.Length > 0 ? last : "Test", word == "no_email" ? null : email, word != "unverified_email", word == "declined", About: "")
        {
            IsAuthoritative = word == "authoritative",
            IsAway = word == "unavailable",
        };
    }
}
