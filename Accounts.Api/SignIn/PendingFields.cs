using Accounts.Api.Cookies;
using Accounts.Api.Http;

namespace Accounts.Api.SignIn;

/// <summary>What a body need not have where the browser keeps it.</summary>
internal static class PendingFields
{
    /// <summary>As it was sent; where it was not, as the browser keeps it.</summary>
    public static string? Pending(this FieldReader fields, string name, Field field, string cookie) =>
        field.IsMissing && fields.Context.RequestServices.GetRequiredService<PendingCookie>().Read(fields.Context, cookie) is { Length: > 0 } kept
            ? kept
            : fields.Text(name, field);
}
