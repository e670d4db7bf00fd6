using Accounts.Api.Http;

namespace Accounts.Api.MailedTokens;

/// <summary>To who has had a code mailed, whoever has the address. A client without cookies sends the attempt back beside the code.</summary>
public sealed record CodeMailedResponse(string Detail, string? Attempt = null) : ITextAnswer<CodeMailedResponse>
{
    public static CodeMailedResponse Of(string text) => new(text);
}
