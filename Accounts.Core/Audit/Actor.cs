namespace Accounts.Core.Audit;

/// <summary>An administrator who does something to somebody's account.</summary>
/// <param name="UserId">who it is</param>
/// <param name="Device">that the request came from</param>
public sealed record Actor(Guid UserId, Device Device);
