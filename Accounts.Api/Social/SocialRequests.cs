using System.Collections.Frozen;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.Providers.OpenId;
using Accounts.Core.Failures;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Social;

/// <summary>What a script brings back from a provider: the code, and the verifier that it kept or the state by which we did.</summary>
public sealed record SocialSignInRequest : IRequest<SocialSignInForm>
{
    private const int ShortestVerifier = 43, LongestVerifier = 128, LongestNonce = 255;
    private static readonly Sentence BadVerifier = "Enter 43 to 128 characters of A-Z, a-z, 0-9, hyphen, period, underscore and tilde.";
    private static readonly Sentence OfApps = "Only native apps send an ID token; a page sends the code.";
    internal static readonly Sentence BadRedirectUri = "This address is not on the list of Accounts__Social__RedirectUri.";

    [Described("What the provider sent the browser back with. Not with an `id_token`.", Example = SocialExamples.Code)]
    public Field Code { get; init; }

    [Described("Of native apps, in place of a code: the ID token of the system's own sign-in, with the `nonce` of a begin without a cookie.")]
    public Field IdToken { get; init; }

    [Described(
        "The PKCE verifier whose S256 challenge went along to the provider: 43 to 128 characters. Not with a `state` of begin; Facebook needs none.",
        Example = SocialExamples.Verifier)]
    public Field CodeVerifier { get; init; }

    [Described("The page that the provider sent the browser back to, one of `Accounts__Social__RedirectUri`; the first where it is missing.", MaxLength = SocialState.LongestUrl, Format = "uri")]
    public Field RedirectUri { get; init; }

    [Described("What the ID token must repeat, where one was sent along.", MaxLength = LongestNonce)]
    public Field Nonce { get; init; }

    [Described("The state of begin, in place of `code_verifier`.")]
    public Field State { get; init; }

    [Described("`false`: the session goes with the browser, and after a day without use.", Example = true)]
    public Field Remember { get; init; }

    [Described("`true`: a deleted account is had back, while it may be.", Example = false)]
    public Field Restore { get; init; }

    /// <summary>With a verifier of its own, a client's state is its own affair; without one it must be a state of ours.</summary>
    public SocialSignInForm Read(FieldReader fields)
    {
        var services = fields.Context.RequestServices;
        var provider = fields.DemandProvider().Provider;
        if (!IdToken.IsMissing)
        {
            return ReadOfApp(fields);
        }
        var code = fields.Text("code", Code);
        var ours = services.GetRequiredService<IOptions<SocialOptions>>().Value.RequireState || (CodeVerifier.IsMissing && !State.IsMissing);
        var state = ours ? fields.Text("state", State) : null;
        var verifier = ours ? null : provider.AsksForVerifier || CodeVerifier.Text?.Trim().Length > 0 ? Verifier(fields) : "";
        var named = fields.OptionalText("redirect_uri", RedirectUri, SocialState.LongestUrl);
        var redirectUri = services.GetRequiredService<ReturnUrls>().RedirectUri(named);
        if (redirectUri is null && !fields.Errors.Has("redirect_uri"))
        {
            fields.Errors.Add("redirect_uri", BadRedirectUri);
        }
        var nonce = fields.OptionalText("nonce", Nonce, LongestNonce);
        var remember = fields.Boolean("remember", Remember, otherwise: true);
        return new SocialSignInForm(code!, state, verifier, redirectUri!, nonce.Length > 0 ? nonce : null, remember)
        {
            NamesRedirectUri = named.Length > 0,
            Restore = ReadRestore(fields),
        };
    }

    /// <summary>A page of a browser has codes, whose state ties them to it.</summary>
    private SocialSignInForm ReadOfApp(FieldReader fields)
    {
        var token = fields.Text("id_token", IdToken);
        var nonce = fields.ShortText("nonce", Nonce, LongestNonce);
        if (fields.Context.Request.Headers.Origin.Count > 0)
        {
            fields.Errors.Add("id_token", OfApps);
        }
        var remember = fields.Boolean("remember", Remember, otherwise: true);
        return new SocialSignInForm("", null, null, "", null, remember) { IdToken = new AppIdToken(token ?? "", nonce ?? ""), Restore = ReadRestore(fields) };
    }

    private bool ReadRestore(FieldReader fields) => fields.Boolean("restore", Restore, otherwise: false);

    /// <summary>RFC 7636 section 4.1.</summary>
    private string? Verifier(FieldReader fields)
    {
        if (fields.Text("code_verifier", CodeVerifier) is { } verifier && (verifier.Length is < ShortestVerifier or > LongestVerifier
            || !verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')))
        {
            fields.Errors.Add("code_verifier", BadVerifier);
        }
        return CodeVerifier.Text?.Trim();
    }
}

/// <param name="State">one of ours; then there is no verifier</param>
public sealed record SocialSignInForm(string Code, string? State, string? Verifier, string RedirectUri, string? Nonce, bool Remember)
{
    public bool NamesRedirectUri { get; init; }

    /// <summary>Whether who has deleted their account wants it back.</summary>
    public bool Restore { get; init; }

    /// <summary>In place of all else.</summary>
    public AppIdToken? IdToken { get; init; }

    public override string ToString() => nameof(SocialSignInForm);
}

/// <summary>The body of begin. Where <c>mode</c> is missing, who is signed in connects.</summary>
public sealed record SocialBeginRequest : IRequest<SocialBeginForm>
{
    [Described("`sign_in`, `connect`, or `reauthenticate` for `POST /api/auth/reauthenticate/`; where it is missing, whoever is signed in connects.", Example = "sign_in")]
    public Field Mode { get; init; }

    [Described("The page that the provider shall send the browser back to, one of `Accounts__Social__RedirectUri`; the first where it is missing.", MaxLength = SocialState.LongestUrl, Format = "uri")]
    public Field RedirectUri { get; init; }

    private const string Reauthenticate = "reauthenticate";

    private static readonly FrozenDictionary<string, SocialMode> Modes = new Dictionary<string, SocialMode>
    {
        ["sign_in"] = SocialMode.SignIn, ["connect"] = SocialMode.Connect, [Reauthenticate] = SocialMode.Prove,
    }.ToFrozenDictionary();

    public SocialBeginForm Read(FieldReader fields)
    {
        var provider = fields.DemandProvider().Provider;
        var mode = fields.OptionalText("mode", Mode, 20);
        if (mode.Length > 0 && !Modes.ContainsKey(mode))
        {
            fields.Errors.Add("mode", $"\"{mode}\" is not a valid choice.");
        }
        else if (mode == Reauthenticate && provider is not { AsksAnew: true, FormPost: false })
        {
            fields.Errors.Add("mode", $"{provider.Title} does not say when people have proved who they are.");
        }
        var named = fields.OptionalText("redirect_uri", RedirectUri, SocialState.LongestUrl);
        var redirectUri = fields.Context.RequestServices.GetRequiredService<ReturnUrls>().RedirectUri(named);
        if (redirectUri is null)
        {
            fields.Errors.Add("redirect_uri", SocialSignInRequest.BadRedirectUri);
        }
        return new SocialBeginForm(Modes.TryGetValue(mode, out var asked) ? asked : null, redirectUri!);
    }
}

/// <param name="Mode">null: whoever is signed in connects</param>
public sealed record SocialBeginForm(SocialMode? Mode, string RedirectUri);

/// <summary>The body of connect.</summary>
public sealed record SocialConnectRequest : IRequest<SocialConnectForm>
{
    [Described("What the provider sent the browser back with.", Required = true, Example = SocialExamples.Code)]
    public Field Code { get; init; }

    [Described("The state of begin.", Required = true, Example = SocialExamples.State)]
    public Field State { get; init; }

    public SocialConnectForm Read(FieldReader fields)
    {
        fields.DemandProvider();
        return new SocialConnectForm(fields.Text("code", Code)!, fields.Text("state", State)!);
    }
}

public sealed record SocialConnectForm(string Code, string State);
