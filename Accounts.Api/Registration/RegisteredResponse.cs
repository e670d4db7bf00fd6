using Accounts.Api.Http;

namespace Accounts.Api.Registration;

/// <summary>To who has signed up. A client without cookies keeps the attempt until the address is confirmed.</summary>
public sealed record RegisteredResponse(string Message, string? Attempt = null) : ITextAnswer<RegisteredResponse>
{
    public static RegisteredResponse Of(string text) => new(text);
}
