using System.Text.Json.Serialization;

namespace Accounts.Api.Social;

[JsonSerializable(typeof(SocialProviderResponse[]))]
[JsonSerializable(typeof(SocialBeginResponse))]
[JsonSerializable(typeof(SocialAccountResponse[]))]
[JsonSerializable(typeof(SocialCodeResponse))]
[JsonSerializable(typeof(SocialLinkResponse))]
internal sealed partial class SocialJson : JsonSerializerContext;
