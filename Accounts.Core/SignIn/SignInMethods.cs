using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>The one who knows which ways in a user has: the user's own list, each of whose words one feature knows.</summary>
public sealed class SignInMethods(IEnumerable<ISignInPart> parts)
{
    public List<SignInMethod> Of(User user) => [.. user.Ways.Select(way => parts.Select(part => part.MethodOf(way)).OfType<SignInMethod>().First())];

    /// <summary>Those that lead in by themselves.</summary>
    public List<SignInMethod> WaysIn(User user) => Of(user).FindAll(method => !method.IsFactor);

    /// <summary>Those that would be left without a provider, as far as people can sign in by them here.</summary>
    public List<SignInMethod> Without(User user, string provider, string[] usable) =>
        WaysIn(user).FindAll(way => way.Name != provider && (!way.IsProvider || usable.Contains(way.Name)));

    /// <summary>The identity providers among them.</summary>
    public string[] ProvidersOf(User user) => [.. Of(user).Where(method => method.IsProvider).Select(method => method.Name)];
}
