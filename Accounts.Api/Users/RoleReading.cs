using Accounts.Api.Http;
using Accounts.Core.Users;

namespace Accounts.Api.Users;

/// <summary>Roles among the fields of a body.</summary>
public static class RoleReading
{
    public static RoleNames? Roles(this FieldReader fields, string name, Field field)
    {
        if (fields.Texts(name, field) is not { } names)
        {
            return null;
        }
        if (RoleNames.TryRead(names, out var roles, out var mistake))
        {
            return roles;
        }
        fields.Errors.Add(name, mistake);
        return null;
    }
}
