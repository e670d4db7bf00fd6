using Accounts.Core.ProgramTokens;
using Accounts.Core.Sessions;
using Accounts.Core.Users;

namespace Accounts.Api.Http;

/// <summary>What a personal token is taken for, in place of an access token. Everything else that demands one refuses it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesPersonalTokenAttribute : Attribute;

public static class AskingUser
{
    /// <summary>Whose token it is that the request was authenticated by, be it a session's or a program's, whose roles are its own.</summary>
    public static UserProfile Asking(this HttpContext context) =>
        context.Features.Get<LiveSession>()?.User ?? context.Features.Get<LivePersonalToken>()!.User;
}
