using System.Text;

namespace Accounts.Api.Tokens;

/// <summary>Who a client says that it is, by HTTP Basic (RFC 7617), in the one header.</summary>
public sealed record BasicCredentials(string Id, string Secret)
{
    private const string Prefix = "Basic ";

    /// <summary>Null where there are none.</summary>
    public static BasicCredentials? Read(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } value] || !value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        Span<byte> decoded = stackalloc byte[1024];
        return Convert.TryFromBase64String(value[Prefix.Length..].Trim(), decoded, out var length) && Encoding.UTF8.GetString(decoded[..length]).Split(':', 2) is [var id, var secret]
            ? new BasicCredentials(id, secret)
            : null;
    }

    public override string ToString() => nameof(BasicCredentials);
}
