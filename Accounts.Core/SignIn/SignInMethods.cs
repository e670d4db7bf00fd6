using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>The one who knows which ways in a user has.</summary>
public sealed class SignInMethods(IEnumerable<ISignInPart> parts)
{
    public async Task<List<SignInMethod>> OfAsync(User user, CancellationToken cancellation)
    {
        var methods = new List<SignInMethod>();
        foreach (var part in parts)
        {
            methods.AddRange(await part.MethodsAsync(user, cancellation));
        }
        return methods;
    }

    /// <summary>The identity providers among them.</summary>
    public async Task<string[]> ProvidersOfAsync(User user, CancellationToken cancellation) =>
        [.. (await OfAsync(user, cancellation)).Where(method => method.IsProvider).Select(method => method.Name)];
}
