using Accounts.Api.Http;

namespace Accounts.Api.Registration;

/// <summary>To who has signed up. A client without cookies keeps the attempt until the address is confirmed.</summary>
public sealed record RegisteredResponse(string Message, string? Attempt = null) : ITextAnswer<RegisteredResponse>
{
    public static RegisteredResponse Of(string text) => new(text);
}

/// <summary>To who has had a code mailed, whoever has the address. A client without cookies sends the attempt back beside the code.</summary>
public sealed record CodeMailedResponse(string Detail, string? Attempt = null) : ITextAnswer<CodeMailedResponse>
{
    public static CodeMailedResponse Of(string text) => new(text);
}
