namespace Accounts.Core.Import;

/// <summary>What of a user is compared, and written, by itself. The order is that of what is remembered.</summary>
internal enum ImportPart
{
    Name,
    Username,
    Address,
    Password,
    Active,
    Roles,
    Identities,
}
