using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;

namespace Accounts.Api.Social;

/// <summary>The body of link: the token, and one proof.</summary>
public sealed record SocialLinkRequest : IRequest<SocialLinkForm>
{
    private static readonly Sentence OneProof = "Send one proof: password, or provider with code and state, or the mailed code.";

    [Described("Of the answer `account_exists`. Where it is missing, the cookie of the redirect flow counts.", Example = Examples.MailedToken)]
    public Field LinkToken { get; init; }

    [Described("The password of the account that exists.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field Password { get; init; }

    [Described("In place of `password`: another provider that is connected to the account, with `code` and `state`.")]
    public Field Provider { get; init; }

    [Described("In place of `password`: the 8 digits of `link/mail`; with `provider`, what it sent the browser back with.")]
    public Field Code { get; init; }

    [Described("With `provider`: the state of begin.")]
    public Field State { get; init; }

    [Described("`false`: the session goes with the browser, and after a day without use.", Example = true)]
    public Field Remember { get; init; }

    public SocialLinkForm Read(FieldReader fields)
    {
        var token = fields.Pending("link_token", LinkToken, PendingCookie.Link);
        var remember = fields.Boolean("remember", Remember, otherwise: true);
        var byProvider = !Provider.IsMissing || !State.IsMissing;
        if (Password.IsMissing == (!byProvider && Code.IsMissing))
        {
            fields.Errors.Add(FieldErrors.NonField, OneProof);
            return new SocialLinkForm(token!, remember);
        }
        return new SocialLinkForm(token!, remember)
        {
            Password = Password.IsMissing ? null : fields.Password("password", Password),
            Handler = byProvider ? Find(fields) : null,
            Code = Code.IsMissing && !byProvider ? null : byProvider ? fields.Text("code", Code) : fields.TypedCode("code", Code),
            State = byProvider ? fields.Text("state", State) : null,
        };
    }

    private SocialHandler? Find(FieldReader fields) => fields.Text("provider", Provider) is { } name
        ? fields.Context.RequestServices.GetRequiredService<SocialProviders>().Find(fields.Context, name)
        : null;
}

/// <summary>One of <c>Password</c>, <c>Handler</c> with <c>Code</c> and <c>State</c>, and <c>Code</c> alone.</summary>
public sealed record SocialLinkForm(string LinkToken, bool Remember)
{
    public string? Password { get; init; }

    public SocialHandler? Handler { get; init; }

    public string? Code { get; init; }

    public string? State { get; init; }

    public override string ToString() => nameof(SocialLinkForm);
}

/// <summary>The body of link/mail.</summary>
public sealed record SocialLinkMailRequest : IRequest<SocialLinkMailForm>
{
    [Described("Of the answer `account_exists`. Where it is missing, the cookie of the redirect flow counts.", Example = Examples.MailedToken)]
    public Field LinkToken { get; init; }

    public SocialLinkMailForm Read(FieldReader fields) => new(fields.Pending("link_token", LinkToken, PendingCookie.Link)!);
}

public sealed record SocialLinkMailForm(string LinkToken)
{
    public override string ToString() => nameof(SocialLinkMailForm);
}
