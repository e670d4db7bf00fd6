using System.Text.Json.Serialization;

namespace Accounts.Api.Tokens;

[JsonSerializable(typeof(JwksResponse))]
[JsonSerializable(typeof(MetadataResponse))]
[JsonSerializable(typeof(IntrospectionResponse))]
internal sealed partial class TokensJson : JsonSerializerContext;
