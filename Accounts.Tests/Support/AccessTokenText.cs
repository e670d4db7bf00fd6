using System.Buffers.Text;
using System.Text.Json;

namespace Accounts.Tests.Support;

/// <summary>What an access token says, unchecked.</summary>
public static class AccessTokenText
{
    public static JsonElement ClaimsOf(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
}
