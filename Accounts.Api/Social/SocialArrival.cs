using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Microsoft.Extensions.Primitives;

namespace Accounts.Api.Social;

/// <summary>What a provider sends a browser back to our callback with, in the address or as a form. Whatever stands there twice is not there.</summary>
/// <param name="Told">what the browser was told of the person (Apple's <c>user</c>)</param>
public sealed record SocialArrival(string State, string? Code, string? Error, string? Description, string? Told)
{
    /// <summary>Whether it names no other issuer (RFC 9207): of a provider whose name we do not know, or that has one for each tenant, it says nothing.</summary>
    public required bool IsFromProvider { get; init; }

    /// <summary>Posted across sites: of our cookies only the one that waits for it comes along, and no other is looked at.</summary>
    public bool IsPosted { get; init; }

    /// <summary>From a page of ours, with the cookies that browsers keep back on the way from another site. It brings no answer of a provider.</summary>
    public bool IsAgain { get; init; }

    /// <summary>The query of the address that such a page leads to.</summary>
    public string Again => $"?state={Uri.EscapeDataString(State)}&again=1";

    public static SocialArrival OfQuery(IQueryCollection query, SocialProvider provider) =>
        new(Single(query["state"]) ?? "", Single(query["code"]), Single(query["error"]), Single(query["error_description"]), null)
        {
            IsFromProvider = IsFrom(provider, query["iss"]),
            IsAgain = query.ContainsKey("again"),
        };

    internal static bool IsFrom(SocialProvider provider, StringValues issuer) =>
        issuer.Count == 0 || provider.Issuer.Length == 0 || provider.HasTenants || Single(issuer) == provider.Issuer;

    private static string? Single(StringValues values) => values is [var value] ? value : null;

    public override string ToString() => nameof(SocialArrival);
}

/// <summary>The form of a provider that posts its answer (OAuth 2.0 Form Post Response Mode).</summary>
public sealed record SocialArrivalRequest : IRequest<SocialArrival>
{
    [Described("Of the way out.", Example = SocialExamples.State)]
    public Field State { get; init; }

    [Described("What it stands for is asked of the provider.", Example = SocialExamples.Code)]
    public Field Code { get; init; }

    [Described("Why there is no code.")]
    public Field Error { get; init; }

    [Described("The same in words.")]
    public Field ErrorDescription { get; init; }

    [Described("The provider's name, where it says it.")]
    public Field Iss { get; init; }

    [Described("Apple's, at the first sign-in alone: the person's name.")]
    public Field User { get; init; }

    public SocialArrival Read(FieldReader fields)
    {
        var provider = fields.DemandProvider().Provider;
        return new SocialArrival(State.Text ?? "", Code.Text, Error.Text, ErrorDescription.Text, User.Text)
        {
            IsFromProvider = Iss.IsMissing || SocialArrival.IsFrom(provider, Iss.Text),
            IsPosted = true,
        };
    }
}
