namespace Accounts.Core.Audit;

/// <summary>Who does something to somebody else's account: an administrator, or an operator, who needs no account for it.</summary>
/// <param name="UserId">the administrator; null for an operator</param>
/// <param name="Device">that the request came from</param>
public sealed record Actor(Guid? UserId, Device Device)
{
    /// <summary>Where acts are told, in place of the device.</summary>
    public const string OperatorTitle = "An operator";

    /// <summary>Whoever may run the program's commands, on a machine that has the server's settings.</summary>
    public static readonly Actor Operator = new(null, Device.Nobody);
}
