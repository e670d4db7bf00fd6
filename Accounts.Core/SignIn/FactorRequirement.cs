using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.SignIn;

/// <summary>Of whom a second factor is demanded.</summary>
public enum FactorDemand
{
    Never,
    Admins,
    Everybody,
}

/// <summary>Whether somebody must have a second factor.</summary>
public sealed class FactorRequirement(IOptions<RequiredFactorOptions> options)
{
    private readonly FactorDemand demand = Enum.Parse<FactorDemand>(options.Value.Required, ignoreCase: true);

    /// <param name="roles">theirs</param>
    public bool Holds(string[] roles) => demand == FactorDemand.Everybody || (demand == FactorDemand.Admins && roles.Contains(User.Administrator));
}
