using Accounts.Api.Docs;
using Accounts.Api.Http;

namespace Accounts.Api.ProgramTokens;

/// <summary>The body of a program's request for a token.</summary>
public sealed record MachineTokenRequest : IRequest<MachineTokenForm>
{
    [Described("`client_credentials`.", Required = true, Example = MachineTokenForm.ClientCredentials)]
    public Field GrantType { get; init; }

    [Described("Roles of the client, separated by spaces, where the token is to have no others; all of them where it is absent.")]
    public Field Scope { get; init; }

    [Described("Belongs into the header, and is refused here.")]
    public Field ClientSecret { get; init; }

    /// <summary>What is sent without a value counts as not sent (RFC 6749 section 3.2).</summary>
    public MachineTokenForm Read(FieldReader fields) => new(
        fields.Text("grant_type", GrantType.IsBlank ? default : GrantType)!,
        Scope.IsMissing || Scope.IsBlank ? [] : fields.Text("scope", Scope)?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [],
        !ClientSecret.IsMissing && !ClientSecret.IsBlank);
}

/// <param name="Scope">the roles that are asked for; none for all</param>
/// <param name="HasSecret">whether the secret came in the body, too</param>
public sealed record MachineTokenForm(string GrantType, string[] Scope, bool HasSecret)
{
    public const string ClientCredentials = "client_credentials";
}
