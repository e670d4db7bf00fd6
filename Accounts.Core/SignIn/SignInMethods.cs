using Accounts.Core.Tokens;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>The one who knows which ways in a user has: the user's own list, each of whose words one feature knows.</summary>
public sealed class SignInMethods(IEnumerable<ISignInPart> parts)
{
    /// <summary>Beside the factors that a user has: one of the codes that came with the first of them.</summary>
    public const string RecoveryCode = "recovery_code";

    /// <summary>A mail, for <c>amr</c>; and of who has nothing else, what they prove once more who they are by.</summary>
    public const string MailedCode = "mail";

    /// <summary>Those that lead in by themselves.</summary>
    public List<SignInMethod> WaysIn(User user) => Of(user.Ways).FindAll(method => method.IsWayIn);

    /// <summary>Those of them by which the user really gets in: nobody is to be left without one. The caller holds the user's row.</summary>
    public async Task<List<SignInMethod>> LeadingInAsync(User user, CancellationToken cancellation)
    {
        var leading = new List<SignInMethod>();
        foreach (var method in WaysIn(user))
        {
            if (await parts.First(part => part.MethodOf(method.Name) is not null).LeadsInAsync(user, cancellation))
            {
                leading.Add(method);
            }
        }
        return leading;
    }

    /// <summary>Those that would be left without a provider, as far as people can sign in by them here.</summary>
    public async Task<List<SignInMethod>> WithoutAsync(User user, string provider, string[] usable, CancellationToken cancellation) =>
        (await LeadingInAsync(user, cancellation)).FindAll(way => way.Name != provider && (!way.IsProvider || usable.Contains(way.Name)));

    /// <summary>The identity providers among them.</summary>
    public string[] ProvidersOf(User user) => [.. Of(user.Ways).Where(method => method.IsProvider).Select(method => method.Name)];

    /// <summary>What a user can prove a second factor by, as on the wire; empty for who has none.</summary>
    /// <param name="ways">theirs</param>
    public string[] FactorsOf(string[] ways)
    {
        var factors = Of(ways).Where(method => method.IsFactor).Select(method => method.Name).Order(StringComparer.Ordinal).ToList();
        return factors.Count > 0 ? [.. factors, RecoveryCode] : [];
    }

    /// <summary>By what somebody who is signed in can prove once more who they are, as on the wire.</summary>
    public string[] WaysToProve(UserProfile user) => FactorsOf(user.Ways) switch
    {
        [_, ..] factors => factors,
        _ when user.HasPassword => [User.PasswordWay, .. AskedAnew(user)],
        _ => [.. AskedAnew(user), MailedCode],
    };

    /// <summary>How good that makes a proof, as an <c>acr</c>.</summary>
    public string LevelToProve(UserProfile user) => FactorsOf(user.Ways).Length > 0 ? AuthenticationLevel.Two : AuthenticationLevel.One;

    private IEnumerable<string> AskedAnew(UserProfile user) => Of(user.Ways).Where(method => method.IsAskedAnew).Select(method => method.Name);

    private List<SignInMethod> Of(string[] ways) => [.. ways.Select(way => parts.Select(part => part.MethodOf(way)).OfType<SignInMethod>().First())];
}
