using Accounts.Api.Http;
using Accounts.Core.Failures;

namespace Accounts.Api.Recovery;

/// <summary>The account is as it was.</summary>
/// <param name="Kept">What could not be taken back, because it is somebody else's by now.</param>
public sealed record RecoveredResponse(string Detail, string[] Kept) : IAnswer<RecoveredResponse>
{
    public static RecoveredResponse Example { get; } = Of([], example => example.ToString());

    public static RecoveredResponse Of(string[] kept, Func<Sentence, string> say) => new(say("Your account is as it was. Sign in with the new password."), kept);
}
